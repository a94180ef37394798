package dev.banyan.nginx.script;

/**
 * The Lua that a phase runs.
 *
 * @param phase when it runs
 * @param source its code
 * @param file the configuration file that names it
 * @param line the directive's line
 * @param chunkName what Lua calls the chunk in error messages, as ngx_lua names it: {@code
 *     =content_by_lua(nginx.conf:23)}; for a file {@code @PATH} as written
 */
public record LuaHandler(
    LuaPhase phase, LuaSource source, String file, int line, String chunkName) {}
