package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;

/** A {@code log_format}: a template and how its variables are escaped. */
public record LogFormat(String name, Template template, Escape escape) {
  /** How values are written. */
  public enum Escape {
    DEFAULT,
    JSON,
    NONE
  }
}
