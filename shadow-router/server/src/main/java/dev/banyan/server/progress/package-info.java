/**
 * How the migration goes, remembered across restarts. Start reading at {@link
 * dev.banyan.server.progress.ProgressRecorder}.
 */
@NullMarked
package dev.banyan.server.progress;

import org.jspecify.annotations.NullMarked;
