package dev.banyan.nginx.syntax;

/** A file that was read for a configuration: its name and its octets. */
public record SourceFile(String name, String content) {}
