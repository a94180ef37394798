/**
 * {@code ngx.re} and the module of that name, on PCRE2. Enter at {@code ReApi}; one instance per
 * worker.
 */
@NullMarked
package dev.banyan.lua.ngx.re;

import org.jspecify.annotations.NullMarked;
