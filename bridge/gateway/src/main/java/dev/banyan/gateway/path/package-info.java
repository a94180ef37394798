/**
 * The new path's configuration: which ports a handler of Lua stands for. Start reading at {@link
 * dev.banyan.gateway.path.Pipelines}.
 */
@NullMarked
package dev.banyan.gateway.path;

import org.jspecify.annotations.NullMarked;
