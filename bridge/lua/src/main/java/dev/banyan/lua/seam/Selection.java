package dev.banyan.lua.seam;

/** Owned by one run of a pipeline: which of its calls the request meets. */
public interface Selection {
  /**
   * The first call at or after a position that is about the request as it is now.
   *
   * @return its position, or the number of calls when there is none
   */
  int next(int from);

  /** The call at this position was answered, and what it changed has been changed. */
  void answered(int position);
}
