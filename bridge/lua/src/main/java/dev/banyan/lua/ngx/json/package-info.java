/** {@code cjson} and {@code cjson.safe} as lua-cjson 2.1 behaves. Enter at {@code CjsonModule}. */
@NullMarked
package dev.banyan.lua.ngx.json;

import org.jspecify.annotations.NullMarked;
