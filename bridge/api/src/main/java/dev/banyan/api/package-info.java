/**
 * What a port sees of Banyan: annotations, decisions, capabilities and the values shared by all
 * parts. Depends on the JDK only; enter at {@code LuaModule}.
 */
@NullMarked
package dev.banyan.api;

import org.jspecify.annotations.NullMarked;
