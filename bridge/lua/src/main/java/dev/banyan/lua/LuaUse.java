package dev.banyan.lua;

/**
 * One use of a name by a Lua chunk. Immutable.
 *
 * @param name a chain of names such as {@code ngx.req.get_headers}, with local names replaced by
 *     what they stand for: {@code ngx.balancer:set_current_peer}, {@code tcpsock:connect}; for a
 *     {@code require} the module
 * @param line from 1
 * @param module whether it is a {@code require}
 * @param guarded whether it is called by a {@code pcall}, which catches its failure
 */
public record LuaUse(String name, int line, boolean module, boolean guarded) {}
