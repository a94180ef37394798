package dev.banyan.lua.ngx.shared;

/** Under which conditions a value is stored. */
public enum StoreMode {
  /** In any case. */
  SET(false),
  /** In any case, unless live values would have to go. */
  SAFE_SET(true),
  /** Only where no live value is. */
  ADD(false),
  /** As {@link #ADD}, unless live values would have to go. */
  SAFE_ADD(true),
  /** Only where a live value is. */
  REPLACE(false);

  private final boolean safe;

  StoreMode(boolean safe) {
    this.safe = safe;
  }

  /** Whether it never evicts live values. */
  public boolean safe() {
    return safe;
  }

  boolean onlyNew() {
    return this == ADD || this == SAFE_ADD;
  }
}
