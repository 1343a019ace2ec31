package dev.norma.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;

/** A document for each answer, on a line of its own. */
final class JsonPrinter implements Printer {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Writer out;

  JsonPrinter(Writer out) {
    this.out = out;
  }

  /** Returns a generator of one document that leaves the writer open. */
  static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  @Override
  public void print(Answer answer) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringField("file", answer.file());
      writeShape(json, answer);
      json.writeStringField("dtype", answer.dtype());
      writeAxes(json, answer);
      json.writeStringField("backend", answer.backend());
      writeNorms(json, answer);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    out.flush();
  }

  private static void writeShape(JsonGenerator json, Answer answer) throws IOException {
    json.writeArrayFieldStart("shape");
    for (long size : answer.shape()) {
      json.writeNumber(size);
    }
    json.writeEndArray();
  }

  private static void writeAxes(JsonGenerator json, Answer answer) throws IOException {
    if (answer.axes().isEmpty()) {
      json.writeNullField("axis");
      return;
    }
    json.writeArrayFieldStart("axis");
    for (int axis : answer.axes()) {
      json.writeNumber(axis);
    }
    json.writeEndArray();
  }

  /** Writes a word that was typed twice once: an object has a key once. */
  private static void writeNorms(JsonGenerator json, Answer answer) throws IOException {
    Set<String> written = new HashSet<>();
    json.writeObjectFieldStart("norms");
    for (int n = 0; n < answer.ords().size(); n++) {
      if (written.add(answer.ords().get(n))) {
        json.writeFieldName(answer.ords().get(n));
        double[] values = answer.norms().get(n);
        json.writeArray(values, 0, values.length);
      }
    }
    json.writeEndObject();
  }
}
