/**
 * Has Lua answer some shadowed calls a second time and tells where it differs from itself. Start
 * reading at {@link dev.banyan.server.noise.NoiseMeter}.
 */
@NullMarked
package dev.banyan.server.noise;

import org.jspecify.annotations.NullMarked;
