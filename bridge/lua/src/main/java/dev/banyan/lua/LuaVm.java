package dev.banyan.lua;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker's thread: a Lua machine with its globals, loaded modules and string
 * metatable.
 *
 * <p>Java enters it by {@link #call}; any other thread than the owner is refused. Chunks are
 * compiled once and instantiated in each worker's machine.
 */
public final class LuaVm {
  private static final ThreadLocal<@Nullable LuaVm> CURRENT = new ThreadLocal<>();
  private static final int FUEL = 20_000;

  private final LuaVmOptions options;
  private final Table globals = new Table();
  private final Table registry = new Table();
  private final Table stringMetatable = new Table();
  private final @Nullable LuaTable[] typeMetatables = new LuaTable[LuaValue.TVALUE + 1];
  private final Modules modules;
  private final RecentTexts texts = new RecentTexts();
  private final TableImage.Forgotten forgottenImages = new TableImage.Forgotten();
  private Thread owner = Thread.currentThread();
  private Coroutine running;
  private long sliceEnd = Long.MAX_VALUE;
  private long slices;
  private LongAdder entries = new LongAdder();
  private DoubleSupplier chance = Math::random;
  private Supplier<Table> cdataOperators = Table::new;
  private @Nullable Table cdataMetatable;

  /** The most nested calls. */
  final int callDepth;

  /** Counted down by loops and calls; below zero the deadline is looked at. */
  int fuel = FUEL;

  /** The {@code next} function, whose calls in a generic for the loop does itself. */
  @Nullable LuaFunction nextFunction;

  /** The step function of {@code ipairs}, likewise. */
  @Nullable LuaFunction ipairsFunction;

  private LuaVm(LuaVmOptions options) {
    this.options = options;
    this.callDepth = options.callDepth();
    this.running = Coroutine.entry(this);
    this.modules = new Modules(this);
  }

  /** Builds a machine, owned by the calling thread, and opens its libraries. */
  public static LuaVm create(LuaVmOptions options) {
    LuaVm vm = new LuaVm(options);
    LuaVm outer = CURRENT.get();
    CURRENT.set(vm);
    vm.globals.rawset("_G", vm.globals);
    vm.globals.rawset("_VERSION", LuaText.of("Lua 5.1"));
    for (LuaLibrary library : options.libraries()) {
      library.open(vm);
    }
    if (outer != null) {
      CURRENT.set(outer);
    }
    return vm;
  }

  /** The machine that runs on this thread. */
  public static LuaVm current() {
    LuaVm vm = CURRENT.get();
    if (vm == null) {
      throw new IllegalStateException("no Lua machine runs on this thread");
    }
    return vm;
  }

  /** The machine that runs on this thread, or null. */
  public static @Nullable LuaVm currentOrNull() {
    return CURRENT.get();
  }

  /** Makes the calling thread the owner; the former owner must be done with the machine. */
  public void adopt() {
    owner = Thread.currentThread();
    CURRENT.set(this);
  }

  /** How this machine was built. */
  public LuaVmOptions options() {
    return options;
  }

  /** The table of globals, {@code _G}. */
  public Table globals() {
    return globals;
  }

  /** What {@code debug.getregistry} answers: a table of the machine's own. */
  public Table registry() {
    return registry;
  }

  /** The metatable of all strings of this machine. */
  public Table stringMetatable() {
    return stringMetatable;
  }

  /** How many images its tables have forgotten. */
  TableImage.Forgotten forgottenImages() {
    return forgottenImages;
  }

  /** Module loading. */
  public Modules modules() {
    return modules;
  }

  /** Sets {@code package.path}. */
  public void packagePath(String path) {
    modules.packagePath(path);
  }

  /** Sets {@code package.cpath}. */
  public void packageCpath(String path) {
    modules.packageCpath(path);
  }

  /** Offers a module that Java provides to {@code require}, made when it is first required. */
  public void preload(String name, Supplier<LuaValue> module) {
    modules.preload(name, module);
  }

  /**
   * Compiles source text, without a machine.
   *
   * @param chunkName {@code @file}, {@code =name} or the source itself, as Lua's {@code load}
   * @throws LuaError with LuaJIT's message, a bare string, when it doesn't compile
   */
  public static Chunk compile(byte[] source, String chunkName) {
    return Compiler.compile(source, chunkName);
  }

  /** Compiles source text to a function of this machine. */
  public LuaFunction load(byte[] source, String chunkName, LuaTable environment) {
    return compile(source, chunkName).instantiate(this, environment);
  }

  // ---- running

  /** The thread that runs now. */
  public Coroutine running() {
    return running;
  }

  /** Whether the running code may be suspended: no native stands in between that LuaJIT can't. */
  public boolean suspendable() {
    return running.suspendable();
  }

  /** Runs code that LuaJIT calls from native code which it can't suspend. */
  public <T> T withoutSuspending(Supplier<T> code) {
    Coroutine self = running;
    self.enterBoundary();
    try {
      return code.get();
    } finally {
      self.leaveBoundary();
    }
  }

  void run(Coroutine coroutine) {
    running = coroutine;
  }

  /** The Lua string of an octet string's bytes, for what requests have in common. */
  public LuaString text(String octets) {
    return texts.of(octets);
  }

  /** A thread for one {@link #call(Coroutine, LuaValue, Varargs)} from Java. */
  public Coroutine newEntry() {
    return Coroutine.entry(this);
  }

  /**
   * Calls a function in an entry thread of its own.
   *
   * @throws LuaRuntimeError when it raises an error
   * @throws LuaAbort as natives threw it
   */
  public Varargs call(LuaValue function, Varargs args) {
    return call(newEntry(), function, args);
  }

  /** Calls a function in the given entry thread; see {@link #call(LuaValue, Varargs)}. */
  public Varargs call(Coroutine entry, LuaValue function, Varargs args) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "a Lua machine of "
              + owner.getName()
              + " was called by "
              + Thread.currentThread().getName());
    }
    entries.increment();
    Activation activation = Activation.enter(this, entry, CURRENT);
    try {
      return Semantics.call(this, function, args);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError t) {
      if (t instanceof OutOfMemoryError) {
        entry.letGo(0);
      }
      Varargs left = t instanceof LuaFault fault ? fault.left() : LuaValue.NONE;
      List<String> threads = List.of(Tracebacks.ofThread(entry));
      throw new LuaRuntimeError(errorValue(t), left, Tracebacks.of(entry), threads);
    } finally {
      activation.leave();
    }
  }

  /** Counts each call from Java into this machine in {@code counter}, which others may share. */
  public void countEntries(LongAdder counter) {
    entries = counter;
  }

  /** Tells where {@code math.random} draws from. */
  public void chance(DoubleSupplier source) {
    chance = source;
  }

  /** What {@code math.random()} would answer next. */
  public double draw() {
    return chance.getAsDouble();
  }

  /** Bounds the Lua code of the running entry thread: it is aborted past {@code nanoTime}. */
  public void deadline(long nanoTime) {
    running.entryThread().deadline = nanoTime;
    fuel = 0;
  }

  /**
   * How often Lua was entered or went on after parking. What must not change while Lua runs without
   * parking, as nginx's cached time, is kept until this changes.
   */
  public long slices() {
    return slices;
  }

  void startSlice() {
    slices++;
    sliceEnd = System.nanoTime() + options.slice().toNanos();
    fuel = FUEL;
  }

  /** Charges work done by a native, so that deadlines hold there too. */
  public void burn(int work) {
    if ((fuel -= work) < 0) {
      refuel();
    }
  }

  void refuel() {
    fuel = FUEL;
    long now = System.nanoTime();
    if (now - sliceEnd > 0 || running.entryThread().deadline < now) {
      throw new LuaDeadlineExceeded(
          running.where(1), Tracebacks.of(running), List.of(Tracebacks.ofThread(running)));
    }
  }

  // ---- errors

  /** {@code chunk:line: } of the code at a level: 1 is what called the running native. */
  public String where(int level) {
    return running.where(level);
  }

  /**
   * Marks the start of a native that calls back into Lua: it shows in tracebacks, and its {@link
   * Guard#leave} drops the frames that an error it caught left behind.
   *
   * <p>Catch {@code RuntimeException | StackOverflowError | OutOfMemoryError} and ask {@link
   * #errorValue} before leaving.
   */
  public Guard guard(LuaFunction caller) {
    Guard guard = new Guard(running, running.depth);
    running.pushNative(caller);
    return guard;
  }

  /** The frame of a native that calls back into Lua. */
  public static final class Guard {
    private final Coroutine thread;
    private final int depth;

    private Guard(Coroutine thread, int depth) {
      this.thread = thread;
      this.depth = depth;
    }

    /** What the native called has thrown this: where memory ran out, its values are let go. */
    public void caught(Throwable thrown) {
      if (thrown instanceof OutOfMemoryError) {
        thread.letGo(depth + 1);
      }
    }

    /** Drops the frames of the native and of everything it called. */
    public void leave() {
      thread.depth = depth;
    }
  }

  /** Tells the interpreter which functions {@code pairs} and {@code ipairs} hand out. */
  public void traversal(LuaFunction next, LuaFunction ipairsStep) {
    nextFunction = next;
    ipairsFunction = ipairsStep;
  }

  /** The Lua value of what was thrown; call it before the frames are dropped. */
  public LuaValue errorValue(Throwable thrown) {
    Throwable t = translate(thrown);
    return t instanceof LuaError e ? e.getMessageObject() : LuaText.utf8(String.valueOf(t));
  }

  /** Makes a Lua error of anything that pcall catches; hands other throwables through. */
  Throwable translate(Throwable t) {
    return switch (t) {
      case LuaFault fault -> fault;
      case LuaError e -> LuaErrors.raise(this, String.valueOf(e.getMessage()));
      case LuaRuntimeError e -> LuaErrors.value(e.value());
      case RuntimeException e -> LuaErrors.raise(this, "internal error: " + e);
      case StackOverflowError e -> LuaErrors.raise(this, "stack overflow");
      case OutOfMemoryError e -> LuaErrors.bare("not enough memory");
      default -> t;
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> RuntimeException sneak(Throwable t) throws E {
    throw (E) t;
  }

  // ---- bounds and metatables

  /** Raises "not enough memory" for a string longer than the machine allows. */
  public void checkStringSize(long bytes) {
    if (bytes > options.stringBytes()) {
      throw LuaErrors.bare("not enough memory");
    }
  }

  static void checkTableSize(int items, int fields) {
    LuaVm vm = CURRENT.get();
    if (vm != null && (long) items + fields > vm.options.tableSlots()) {
      throw LuaErrors.bare("not enough memory");
    }
  }

  /** The metatable that {@code debug.setmetatable} gave to a whole type, or null. */
  @Nullable LuaTable typeMetatable(int type) {
    return type >= 0 ? typeMetatables[type] : null;
  }

  /** Gives a metatable to all values of a type that has no metatables of its own. */
  public void typeMetatable(int type, @Nullable LuaTable metatable) {
    typeMetatables[type] = metatable;
  }

  /** Tells what makes the metatable of all data of C, once there is some. */
  public void cdataMetatable(Supplier<Table> operators) {
    cdataOperators = operators;
  }

  /** The metatable that all data of C has in this machine. */
  Table cdataMetatable() {
    Table metatable = cdataMetatable;
    if (metatable == null) {
      metatable = cdataOperators.get();
      cdataMetatable = metatable;
    }
    return metatable;
  }

  LuaValue stringIndex(LuaString s, LuaString key) {
    LuaValue methods = stringMetatable.getStr(LuaValue.INDEX);
    return methods instanceof Table table ? table.getStr(key) : Semantics.index(this, s, key);
  }
}
