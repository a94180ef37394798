package dev.banyan.it.planted;

import java.util.List;

/**
 * Immutable: a difference that is planted between a function of the legacy and its port.
 *
 * @param name of the function
 * @param what how they differ, for the table
 * @param place where the first mismatch has to be
 * @param again the request with which it is asked for once more; 0 for the one that found it
 */
record Plant(String name, String what, String place, int again) {
  /** All of them, in the table's order. */
  static final List<Plant> ALL =
      List.of(
          new Plant("status", "status 403 is 401", "decision", 0),
          new Plant("header_value", "`gzip` is `Gzip`", "effects.response header x-mode[*]", 0),
          new Plant(
              "header_case",
              "`X-Mode` is `x-mode`",
              "effects.spelling of response header x-mode",
              0),
          new Plant(
              "multi_value",
              "order of a header's two values",
              "effects.response header x-hop[*]",
              0),
          new Plant("missing_header", "a header isn't set", "effects.response header x-hop", 0),
          new Plant("chunk", "octet 5,000 of a streamed body", "effects.chunk", 60),
          new Plant("float", "a number printed by `Double.toString`", "results[*]", 0),
          new Plant("time_zone", "a date in Berlin's time, called GMT", "results[*]", 0),
          new Plant("limiter", "a limiter of 25 refuses the 25th", "results[*]", 0),
          new Plant("wrong_error", "another error text", "error", 0),
          new Plant("nil_err", "raises what Lua returns as `nil, err`", "error", 0),
          new Plant("log_line", "a line of the log is missing", "effects.log", 0),
          new Plant("log_more", "a line of the log that Lua lacks", "effects.log", 0),
          new Plant("log_level", "logs as a warning what Lua calls an error", "effects.log[*]", 0),
          new Plant("expiry", "a dict's entry lives 30 s, not 60", "effects.world", 0),
          new Plant("one_tenant", "one tenant of 20", "results[*]", 0),
          new Plant("one_in_5000", "one call in 5,000", "results[*]", 0),
          new Plant("one_in_50000", "one call in 50,000", "results[*]", 0),
          new Plant("second_result", "the second result is missing", "results[*]", 0),
          new Plant("truncated", "a text is cut after 100 characters", "results[*]", 150),
          new Plant("upper", "upper case by Unicode, not by octet", "results[*]", 0),
          new Plant("space", "one space is two", "results[*]", 0),
          new Plant("type", "a text is a number", "results[*]", 0),
          new Plant("order", "the order of a list", "results[*][*]", 0),
          new Plant("encoding", "`%20` is `+`", "results[*]", 0),
          new Plant("ctx", "another value in `ngx.ctx`", "effects.ctx user", 0));
}
