package dev.banyan.it.load;

import dev.banyan.it.process.Grounds;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code scripts/bench load}: loads all servers, under one scene after the other. */
public final class LoadRun {
  private final Path root;
  private final Path work;
  private final Options options;
  private final List<String> words;

  private LoadRun(Path root, Options options, List<String> words) {
    this.root = root;
    this.work = root.resolve(".run/load");
    this.options = options;
    this.words = words;
  }

  /** Arguments: the checkout's folder, and the options of {@code scripts/bench load}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // which leaves details out
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    List<String> words = List.of(args).subList(1, args.length);
    Options options;
    try {
      options = Options.parse(words, root);
      if (!options.publish().isEmpty()) {
        DocPart.find(root, options.publish()); // before anything is measured
      }
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/bench load: " + e.getMessage());
      System.exit(2);
      return;
    }
    new LoadRun(root, options, words).run();
  }

  private void run() throws IOException, InterruptedException {
    Map<Scene, Map<Contender, List<Shot>>> measured = new LinkedHashMap<>();
    StringBuilder leftOut = new StringBuilder();
    Options options = comparable(leftOut);
    for (Scene scene : options.scenes()) {
      System.out.println(scene.title());
      Grounds.clear(work);
      try (Stage stage = Stage.start(root, work, options, scene)) {
        measured.put(scene, stage.measure());
        stage
            .failures()
            .forEach((contender, why) ->
                leftOut.append("- %s: %s: %s%n".formatted(scene.title(), contender.title(), why)));
      }
    }
    String preface = preface(leftOut);
    Path report = options.report().toAbsolutePath();
    String base = report.getFileName().toString().replaceFirst("\\.md$", "");
    Pictures pictures = new Pictures(report.resolveSibling(""), "", base);
    String page = "# Load, in rotation\n\n" + preface + figures(measured, pictures, true);
    Files.createDirectories(report.resolveSibling(""));
    Files.writeString(report, page);
    System.out.println(page + "\nwritten to " + options.report());
    if (!options.publish().isEmpty()) {
      DocPart part = DocPart.find(root, options.publish());
      part.replace(preface + figures(measured, part.pictures(), false));
      System.out.println("published in " + part.page());
    }
  }

  private String preface(StringBuilder leftOut) throws IOException, InterruptedException {
    String command = "    scripts/bench load " + String.join(" ", words) + "\n\n";
    return leftOut.isEmpty()
        ? command + setting() + "\n"
        : command + setting() + "\n\nLeft out:\n\n" + leftOut;
  }

  private String figures(
      Map<Scene, Map<Contender, List<Shot>>> measured, Pictures pictures, boolean whole)
      throws IOException {
    StringBuilder page = new StringBuilder();
    String axis = options.axis();
    if (!axis.isEmpty()) {
      page.append(AxisReport.page(axis, measured, whole));
      page.append(pictures.ofAxis(axis, measured));
    }
    if (whole || axis.isEmpty()) {
      for (Map.Entry<Scene, Map<Contender, List<Shot>>> entry : measured.entrySet()) {
        String title = entry.getKey().title();
        String shown = axis.isEmpty() ? pictures.ofServers(title, entry.getValue()) : "";
        page.append(whole ? "\n## " + title + "\n\n" : "\n" + title + ":\n\n");
        page.append(new LoadReport(entry.getValue()).page(shown));
      }
    }
    return page.toString();
  }

  /** Without a peer that does something else than Banyan does. */
  private Options comparable(StringBuilder leftOut) throws IOException, InterruptedException {
    if (!options.contenders().contains(Contender.SPRING)) {
      return options;
    }
    System.out.println("holding the peer's answers against the new path's");
    Grounds.clear(work);
    try {
      System.out.println(SpringPeer.holdAgainstNewPath(root, work) + " answers are the same");
      return options;
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).strip();
      System.out.println(Contender.SPRING.title() + " is left out: " + why);
      leftOut.append(
          "- %s: %s%n".formatted(Contender.SPRING.title(), why.lines().findFirst().orElse("")));
      return options.without(Contender.SPRING);
    }
  }

  private String setting() throws IOException, InterruptedException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    return "%s, %d cores (%s), Linux %s, Java %s, commit %s, %s. %d rounds of %d s each after %d s of warming up%s; origin and load on the same machine%s."
        .formatted(
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            model,
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            commit(),
            LocalDate.now(java.time.ZoneId.systemDefault()),
            options.rounds(),
            options.seconds(),
            options.warm(),
            options.rate() > 0 ? ", " + options.rate() + " requests a second whatever comes" : "",
            precedence());
  }

  private String precedence() throws InterruptedException {
    if (options.rate() == 0) {
      return "";
    }
    return Precedence.granted()
        ? ", before all servers"
        : ", waiting for a processor like all servers: chrt --fifo was refused";
  }

  private String commit() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String head = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? head : "unknown";
  }
}
