/** Tests of the figures that the server tells. */
@NullMarked
package dev.banyan.server.figures;

import org.jspecify.annotations.NullMarked;
