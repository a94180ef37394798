/** The dashboard in a real Chromium, on a real Banyan with a port that is wrong on purpose. */
@NullMarked
package dev.banyan.it.dashboard;

import org.jspecify.annotations.NullMarked;
