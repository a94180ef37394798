/**
 * Shared dicts as plain Java: what {@code ngx.shared}, the ports' capability and the journal stand
 * on. No Lua types here; enter at {@code SharedDict}.
 */
@NullMarked
package dev.banyan.lua.ngx.shared;

import org.jspecify.annotations.NullMarked;
