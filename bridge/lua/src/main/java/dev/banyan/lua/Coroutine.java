package dev.banyan.lua;

import java.util.Arrays;
import java.util.List;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: a Lua thread with its call stack.
 *
 * <p>Either a coroutine, which {@link #resume} runs as a continuation inside whatever fiber resumes
 * it, or the entry thread of a call that Java made, which runs on the caller's stack. Parking the
 * fiber from inside suspends the whole chain of coroutines at once. A suspended coroutine that
 * nobody refers to is garbage.
 */
public final class Coroutine extends LuaValue {
  private static final ContinuationScope SCOPE = new ContinuationScope("lua");
  private static final int NESTING_LIMIT = 195;

  private final LuaVm vm;
  private final @Nullable LuaValue body;
  private @Nullable Continuation continuation;
  private Status status = Status.SUSPENDED;
  private @Nullable Coroutine resumer;
  private Coroutine entry = this;
  private Varargs transfer = NONE;
  private @Nullable Throwable failure;
  private @Nullable Object attachment;
  private int nesting;
  private int boundaries;

  private LuaTable environment;

  Frame[] frames = new Frame[8];
  int depth;

  /** Frames below this coroutine on the same Java stack. */
  int base;

  /** The {@code System.nanoTime} after which Lua code of this entry is aborted. */
  long deadline = Long.MAX_VALUE;

  private Coroutine(LuaVm vm, @Nullable LuaValue body) {
    this.vm = vm;
    this.body = body;
    this.environment = body == null ? vm.globals() : vm.running().environment;
  }

  static Coroutine entry(LuaVm vm) {
    Coroutine coroutine = new Coroutine(vm, null);
    coroutine.status = Status.RUNNING;
    return coroutine;
  }

  /** A suspended coroutine that will run {@code body}. */
  public static Coroutine create(LuaVm vm, LuaFunction body) {
    return new Coroutine(vm, body);
  }

  /** What {@code coroutine.status} tells. */
  public enum Status {
    SUSPENDED,
    RUNNING,
    NORMAL,
    DEAD;

    /** Lua's word for it. */
    public String word() {
      return switch (this) {
        case SUSPENDED -> "suspended";
        case RUNNING -> "running";
        case NORMAL -> "normal";
        case DEAD -> "dead";
      };
    }
  }

  /** This coroutine's state. */
  public Status status() {
    return status;
  }

  /** Whether Java's call started this thread, so that Lua can't resume it. */
  public boolean isEntry() {
    return body == null;
  }

  /** The entry thread under which this coroutine runs or last ran. */
  public Coroutine entryThread() {
    return entry;
  }

  /** The coroutine that resumed this one, or null when it is not active or an entry. */
  public @Nullable Coroutine resumer() {
    return resumer;
  }

  /** Bounds the Lua code of this entry thread: it is aborted past {@code nanoTime}. */
  public void deadline(long nanoTime) {
    deadline = nanoTime;
  }

  /** The globals of chunks that this thread loads. */
  public LuaTable environment() {
    return environment;
  }

  /** Replaces the globals of chunks that this thread loads. */
  public void environment(LuaTable globals) {
    environment = globals;
  }

  /** What the owner of this thread attached: the state of a light thread, for one. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Attaches the owner's state. */
  public void attach(@Nullable Object state) {
    attachment = state;
  }

  /**
   * Runs this coroutine until it yields or ends, and answers what it yielded or returned.
   *
   * @throws org.luaj.vm2.LuaError what its body raised, which has ended it, or that it can't be
   *     resumed
   */
  public Varargs resume(Varargs args) {
    Coroutine outer = vm.running();
    String refusal = refusal(outer);
    if (refusal != null) {
      throw new Refused(refusal);
    }
    mount(outer, args);
    Continuation run = continuation;
    if (run == null) {
      run = new LuaContinuation(this);
      continuation = run;
    }
    try {
      run.run();
    } finally {
      unmount(outer, run);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw LuaVm.sneak(thrown);
    }
    Varargs result = transfer;
    transfer = NONE;
    return result;
  }

  private @Nullable String refusal(Coroutine outer) {
    if (status == Status.DEAD) {
      return "cannot resume dead coroutine";
    }
    if (status != Status.SUSPENDED) {
      return "cannot resume running coroutine";
    }
    return outer.nesting >= NESTING_LIMIT ? "C stack overflow" : null;
  }

  /** Whether an error tells that a coroutine could not be resumed, rather than what it raised. */
  public static boolean refused(Throwable error) {
    return error instanceof Refused;
  }

  /** The coroutine was not in a state to be resumed. */
  private static final class Refused extends LuaFault {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(LuaText.of(message));
    }
  }

  private void mount(Coroutine outer, Varargs args) {
    resumer = outer;
    entry = outer.entry;
    nesting = outer.nesting + 1;
    base = outer.base + outer.depth;
    outer.status = Status.NORMAL;
    status = Status.RUNNING;
    transfer = args;
    vm.run(this);
  }

  private void unmount(Coroutine outer, Continuation run) {
    vm.run(outer);
    outer.status = Status.RUNNING;
    resumer = null;
    if (run.isDone()) {
      status = Status.DEAD;
      continuation = null;
    } else {
      status = Status.SUSPENDED;
    }
  }

  /** From here on until {@link #leaveBoundary} stands native code that LuaJIT can't suspend. */
  void enterBoundary() {
    boundaries++;
  }

  void leaveBoundary() {
    boundaries--;
  }

  /** Whether no native code that can't be suspended stands between here and the entry thread. */
  boolean suspendable() {
    for (Coroutine each = this; each != null; each = each.resumer) {
      if (each.boundaries > 0) {
        return false;
      }
    }
    return true;
  }

  /** Suspends the running coroutine, handing {@code values} to its resumer. */
  public static Varargs suspend(LuaVm vm, Varargs values) {
    Coroutine self = vm.running();
    if (self.isEntry() || self.boundaries > 0) {
      throw LuaErrors.raise(vm, "attempt to yield across C-call boundary");
    }
    self.transfer = values;
    if (!Continuation.yield(SCOPE)) {
      throw LuaErrors.raise(vm, "attempt to yield across C-call boundary");
    }
    Varargs sent = self.transfer;
    self.transfer = NONE;
    return sent;
  }

  private void execute() {
    try {
      Varargs args = transfer;
      transfer = NONE;
      transfer = Semantics.call(vm, body == null ? NIL : body, args);
      depth = 0;
      Arrays.fill(frames, null);
    } catch (Throwable t) {
      transfer = NONE;
      if (t instanceof OutOfMemoryError) {
        letGo(0);
      }
      failure = vm.translate(t);
    }
  }

  /** The continuation of a coroutine; a pinned stack is Lua's "C-call boundary". */
  private static final class LuaContinuation extends Continuation {
    LuaContinuation(Coroutine coroutine) {
      super(SCOPE, coroutine::execute);
    }

    @Override
    protected void onPinned(Pinned reason) {
      throw LuaErrors.raise("attempt to yield across C-call boundary");
    }
  }

  // ---- frames

  /**
   * Memory ran out above this level: what the frames there hold is let go, without which not even
   * the error could be told. Their functions and lines stay, for a traceback.
   */
  void letGo(int level) {
    for (int i = level; i < frames.length; i++) {
      Frame frame = frames[i];
      if (frame != null) {
        Arrays.fill(frame.registers, NIL);
        frame.extra = NONE;
      }
    }
  }

  @Nullable Frame top() {
    return depth == 0 ? null : frames[depth - 1];
  }

  Frame push() {
    int d = depth;
    Frame[] all = frames;
    if (d == all.length) {
      all = Arrays.copyOf(all, 2 * d);
      frames = all;
    }
    Frame frame = all[d];
    if (frame == null) {
      frame = new Frame();
      all[d] = frame;
    }
    depth = d + 1;
    return frame;
  }

  void pushNative(LuaFunction function) {
    if (depth + base >= vm.options().callDepth()) {
      throw LuaErrors.raise(vm, "stack overflow");
    }
    Frame frame = push();
    frame.function = function;
    frame.registers = NOVALS;
    frame.extra = NONE;
    frame.pc = 0;
  }

  /** {@code chunk:line: } of the code at a level, or nothing when Java runs there. */
  String where(int level) {
    Frame frame = level == 1 ? top() : deeper(level);
    BridgeClosure closure = frame == null ? null : frame.closure();
    if (frame == null || closure == null) {
      return "";
    }
    return closure.code.shortSource + ":" + frame.line() + ": ";
  }

  private @Nullable Frame deeper(int level) {
    List<CallLevels.Level> levels = CallLevels.seenBy(this, null);
    return level > 0 && level < levels.size() ? levels.get(level).frame() : null;
  }

  // ---- value

  @Override
  public int type() {
    return TTHREAD;
  }

  @Override
  public String typename() {
    return "thread";
  }

  @Override
  public boolean isthread() {
    return true;
  }

  @Override
  public @Nullable LuaValue getmetatable() {
    LuaTable metatable = vm.typeMetatable(TTHREAD);
    return metatable;
  }
}
