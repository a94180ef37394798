/**
 * Regular expressions as nginx and ngx.re see them: PCRE2 through the FFM API, with a
 * java.util.regex fallback. Depends on the JDK only.
 */
@NullMarked
package dev.banyan.regex;

import org.jspecify.annotations.NullMarked;
