/**
 * {@code docs/port-a-module.md}: a module goes from Lua to Java by the commands that stand there.
 */
@NullMarked
package dev.banyan.it.learn;

import org.jspecify.annotations.NullMarked;
