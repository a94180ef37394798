package dev.banyan.lua.ngx;

/** What an nginx variable's value follows from: as long as that stays, so does the value. */
public enum VariableBasis {
  /** The request's headers. */
  REQUEST_HEADERS,
  /** What is set for the request, which {@link RequestHost#settingsMade} counts. */
  SETTINGS,
  /** Anything, such as the time: who wants the value reads it again. */
  ANYTHING
}
