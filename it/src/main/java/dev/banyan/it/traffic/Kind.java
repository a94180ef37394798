package dev.banyan.it.traffic;

/** What sort of caller a request comes from; every kind aims at some of the legacy's modules. */
public enum Kind {
  /** Browsers with and without good tokens. */
  GOOD_USER,
  /** HTML with e-mail addresses, in all framings. */
  HTML,
  /** Bodies from 0 bytes to 5 MB, sized and chunked, up and down. */
  BODY,
  /** Tokens that are missing, forged, expired, malformed, or of too small a scope. */
  BAD_TOKEN,
  /** A request that one rule of the WAF must catch. */
  ATTACK,
  /** A request that looks like an attack and is none. */
  NEAR_MISS,
  /** Robots, good, bad, and pretending. */
  BOT,
  /** Addresses on and beside the deny and allow lists. */
  FIREWALL,
  /** A client that is faster than its tenant allows. */
  OVER_LIMIT,
  /** Old addresses. */
  REDIRECT,
  /** Paths, arguments and headers that are rewritten on the way. */
  TRANSFORM,
  /** Hosts: unknown, suspended, wildcard, odd spelling. */
  TENANT,
  /** Origins that fail, hesitate, hang up or leak. */
  ORIGIN_TROUBLE,
  /** The edge's own endpoints. */
  ENDPOINT
}
