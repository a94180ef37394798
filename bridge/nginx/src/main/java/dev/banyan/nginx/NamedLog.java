package dev.banyan.nginx;

/**
 * A file that a configuration names as a log, of a name that is known before any request.
 *
 * @param name absolute
 * @param file the file of the directive that names it first
 * @param line that directive's line, from 1
 */
public record NamedLog(String name, String file, int line) {}
