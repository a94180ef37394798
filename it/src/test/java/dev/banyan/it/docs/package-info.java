/** Holds the documents to the code. May depend on any module; enter at the tests. */
@NullMarked
package dev.banyan.it.docs;

import org.jspecify.annotations.NullMarked;
