/** What it costs that modules are installed which a request doesn't concern. */
@NullMarked
package dev.banyan.it.relevance;

import org.jspecify.annotations.NullMarked;
