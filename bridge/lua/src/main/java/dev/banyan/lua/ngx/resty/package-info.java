/**
 * The modules that OpenResty brings along and legacy code requires: {@code resty.lrucache}, {@code
 * resty.lock}, {@code resty.string} and their kin. Enter at {@code RestyModules}.
 */
@NullMarked
package dev.banyan.lua.ngx.resty;

import org.jspecify.annotations.NullMarked;
