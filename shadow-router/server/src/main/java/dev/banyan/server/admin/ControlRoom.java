package dev.banyan.server.admin;

import dev.banyan.router.parity.ParityBook;
import dev.banyan.server.figures.Figures;
import dev.banyan.server.figures.History;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.Inventory;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import dev.banyan.server.lines.LiveCoverage;
import dev.banyan.server.lines.UnreachedLines;
import dev.banyan.server.progress.ProgressFigures;
import dev.banyan.server.reproduce.PathReproducers;
import dev.banyan.server.reproduce.Reproducers;
import dev.banyan.server.retire.Retirement;
import dev.banyan.server.samples.StoreCounts;
import dev.banyan.server.shadow.ShadowExecutor;
import dev.banyan.server.traces.TraceCounts;
import java.util.function.Supplier;

/** Immutable: what the admin listener shows and steers. */
public record ControlRoom(
    FlagStore flags,
    ParityBook parity,
    ShadowExecutor shadow,
    Figures figures,
    History history,
    PathCounts paths,
    Supplier<StoreCounts> samples,
    Supplier<TraceCounts> traces,
    Readiness readiness,
    Learner learner,
    ProgressFigures progress,
    Supplier<Inventory> inventory,
    LiveUsage usage,
    Retirement retirement,
    Reproducers reproducers,
    PathReproducers pathReproducers,
    UnreachedLines lines,
    LiveCoverage coverage) {}
