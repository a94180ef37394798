package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;

/**
 * Where files come from.
 *
 * @param path the folder, absolute unless it starts with a variable
 * @param alias whether the folder replaces the location's prefix instead of preceding the URI
 */
public record DocumentRoot(Template path, boolean alias) {}
