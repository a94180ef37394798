/** Tests of bad inputs. */
@NullMarked
package dev.banyan.vectors.spoil;

import org.jspecify.annotations.NullMarked;
