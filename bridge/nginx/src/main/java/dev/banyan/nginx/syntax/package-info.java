/**
 * The text of an nginx.conf: lexer, parser, syntax tree, the table of directives and the checks
 * that need nothing but these. Enter at {@link dev.banyan.nginx.syntax.ConfParser}. Depends on the
 * JDK only.
 */
@NullMarked
package dev.banyan.nginx.syntax;

import org.jspecify.annotations.NullMarked;
