/** What happens where there is no memory left. */
@NullMarked
package dev.banyan.it.memory;

import org.jspecify.annotations.NullMarked;
