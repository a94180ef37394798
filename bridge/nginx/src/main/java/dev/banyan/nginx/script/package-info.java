/**
 * What a configuration computes per request: templates, variables, regexes, conditions and rewrite
 * programs. Depends on {@code syntax} and the regex leaf. Enter at {@link
 * dev.banyan.nginx.script.Template} and {@link dev.banyan.nginx.script.RewriteProgram}.
 */
@NullMarked
package dev.banyan.nginx.script;

import org.jspecify.annotations.NullMarked;
