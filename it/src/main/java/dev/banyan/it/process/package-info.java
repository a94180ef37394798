/**
 * Servers as processes of their own, each on a copy of the sample legacy. Depends on the JDK and
 * Jackson; start with {@link dev.banyan.it.process.Grounds}.
 */
@NullMarked
package dev.banyan.it.process;

import org.jspecify.annotations.NullMarked;
