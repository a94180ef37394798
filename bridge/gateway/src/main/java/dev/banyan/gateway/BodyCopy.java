package dev.banyan.gateway;

/** Owned by its request's loop: takes what an origin's body consists of, beside the client. */
interface BodyCopy {
  /** Takes a piece; may park the fiber. */
  void write(byte[] piece);

  /** The body has ended as it should; may park the fiber. */
  void complete();

  /** It has not: whatever is there is given up. A second call does nothing. */
  void discard();
}
