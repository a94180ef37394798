/**
 * The text, checksum and time formats of nginx in plain Java, byte for byte: what {@code
 * ngx.escape_uri}, {@code ngx.decode_base64} and the like stand on. No Lua types here.
 */
@NullMarked
package dev.banyan.lua.ngx.text;

import org.jspecify.annotations.NullMarked;
