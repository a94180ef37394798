package dev.banyan.gateway;

/** The verdicts that end nothing. */
enum Signal implements Verdict {
  /** Go on with the next handler: nginx's DECLINED. */
  NEXT,
  /** In the access phase: allowed. After the content phase: the answer is complete. */
  OK,
  /** The URI was changed: look the location up again. */
  RELOCATE
}
