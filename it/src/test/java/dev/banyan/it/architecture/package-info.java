/** Rules over the whole code: who may depend on whom, and documents that must match it. */
@NullMarked
package dev.banyan.it.architecture;

import org.jspecify.annotations.NullMarked;
