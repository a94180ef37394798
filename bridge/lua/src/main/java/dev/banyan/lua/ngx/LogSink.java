package dev.banyan.lua.ngx;

/** Where a library writes what nginx would write to its error log. */
@FunctionalInterface
public interface LogSink {
  /** nginx's level of errors. */
  int ERROR = 4;

  /** One entry, at an nginx level (0–8). */
  void log(int level, String message);
}
