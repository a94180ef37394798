package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteException;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.syntax.ConfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a suite of what a configuration says: each location by each method; each host of the
 * servers and of the data files, with the paths, patterns and networks that belong to it; each
 * pattern, word and field that stands in the Lua. All of it once hit and once nearly hit.
 *
 * <p>It reads texts and knows nothing of their meaning: what a tenant's secret signs, for example,
 * only a suite written by hand can say.
 */
public final class Generator {
  private Generator() {}

  /**
   * What to make it from.
   *
   * @param conf the nginx.conf
   * @param prefix the folder that its relative paths start from
   * @param data JSON files whose objects name hosts
   * @param clientHeader the field by which the servers learn a client's address
   */
  public record Inputs(Path conf, Path prefix, List<Path> data, String clientHeader) {
    /** Makes the paths absolute. */
    public Inputs {
      conf = conf.toAbsolutePath().normalize();
      prefix = prefix.toAbsolutePath().normalize();
      data = List.copyOf(data);
    }
  }

  /**
   * The suite; the same for the same inputs and seed.
   *
   * @throws SuiteException for a file that can't be read
   */
  public static List<Case> suite(Inputs inputs, long seed) {
    Random random = new Random(seed);
    NginxConf conf = conf(inputs);
    Survey survey = survey(conf);
    List<DataRecord> records = new ArrayList<>();
    inputs.data().forEach(file -> records.addAll(records(file)));
    Draft draft = new Draft(new Palette(fieldNames(survey)), inputs.clientHeader());
    List<String> hosts = new LocationCases(draft, random).of(conf, records);
    new RecordCases(draft, random, survey).of(records);
    new LuaCases(draft, random, hosts, survey).all();
    return List.copyOf(draft.cases());
  }

  private static List<String> fieldNames(Survey survey) {
    return survey.literals().stream()
        .map(Literal::text)
        .filter(text -> text.matches("[A-Z][a-z]*(?:-[A-Z][A-Za-z]*)+"))
        .filter(text -> !text.matches("Content-.*|Transfer-.*|Set-Cookie"))
        .distinct()
        .toList();
  }

  private static NginxConf conf(Inputs inputs) {
    if (!Files.isRegularFile(inputs.conf())) {
      throw new SuiteException(inputs.conf() + ": no such file: name an nginx.conf");
    }
    try {
      return NginxConf.load(inputs.conf(), inputs.prefix());
    } catch (ConfException e) {
      throw new SuiteException(e.file() + ":" + e.line() + ": " + e.problem());
    }
  }

  private static Survey survey(NginxConf conf) {
    try {
      return Survey.of(conf);
    } catch (IOException e) {
      throw new SuiteException("the Lua can't be read: " + e.getMessage());
    }
  }

  private static List<DataRecord> records(Path file) {
    List<DataRecord> records;
    try {
      records = DataRecord.in(new JsonMapper().readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new SuiteException(file + ": can't be read: " + e.getMessage());
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new SuiteException(file + ":" + line + ": not JSON: " + e.getOriginalMessage());
    }
    if (records.isEmpty()) {
      throw new SuiteException(
          file + ":1: no object in it names hosts: expected a key such as \"hosts\"");
    }
    return records;
  }
}
