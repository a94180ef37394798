package dev.banyan.api;

/**
 * Marks a Java port of a Lua module, so that {@link java.util.ServiceLoader} finds it.
 *
 * <p>The class carries {@link LuaModule} and has a public constructor without parameters. One
 * instance serves all workers: it holds nothing that changes.
 */
public interface Port {}
