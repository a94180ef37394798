package dev.banyan.nginx;

/**
 * A host that a configuration names and nginx looks up when it reads it.
 *
 * @param host the name, without a port
 * @param problem what nginx says when there is no such host
 * @param file the file of the directive that names it
 * @param line that directive's line, from 1
 */
public record NamedHost(String host, String problem, String file, int line) {}
