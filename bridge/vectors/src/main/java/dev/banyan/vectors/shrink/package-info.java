/**
 * Makes the input of a recorded call smaller while a test of it holds. Start reading at {@link
 * dev.banyan.vectors.shrink.Shrinker}.
 */
@NullMarked
package dev.banyan.vectors.shrink;

import org.jspecify.annotations.NullMarked;
