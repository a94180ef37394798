/** Every module in every mode with every fault, beside Lua alone. */
@NullMarked
package dev.banyan.it.matrix;

import org.jspecify.annotations.NullMarked;
