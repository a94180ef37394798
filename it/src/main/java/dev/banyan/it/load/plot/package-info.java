/**
 * Pictures of figures, as SVG that reads on a light and on a dark page. Written by hand because
 * what draws in Java measures its texts by fonts, which a machine without a screen has none of.
 */
@NullMarked
package dev.banyan.it.load.plot;

import org.jspecify.annotations.NullMarked;
