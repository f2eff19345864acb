package org.sessionregistry.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The way from a record through the records in it to one component. The rule: records are never
 * changed, a new one is built through its canonical constructor, whose checks therefore always run.
 * Immutable, for any thread.
 *
 * @param steps from the outermost record's component to the last
 */
record RecordPath(List<Step> steps) {
  /** One component of one class of records. */
  record Step(RecordShape shape, int component) {}

  RecordPath {
    steps = List.copyOf(steps);
  }

  /** The path to a component of the record itself. */
  static RecordPath to(Class<? extends Record> type, String component) {
    List<String> names = Stream.of(type.getRecordComponents()).map(c -> c.getName()).toList();
    return new RecordPath(List.of(new Step(RecordShape.of(type), names.indexOf(component))));
  }

  /** The value at the end of the path. */
  Object get(Record root) {
    Object value = root;
    for (Step step : steps) {
      value = step.shape().read(value, step.component());
    }
    return value;
  }

  /** A copy of the record with another value at the end of the path. */
  <R extends Record> R set(R root, Object value) {
    @SuppressWarnings("unchecked") // replaced() returns what it was given, rebuilt
    R copy = (R) replaced(root, 0, value);
    return copy;
  }

  private Record replaced(Object record, int depth, Object value) {
    Step step = steps.get(depth);
    Object inner =
        depth == steps.size() - 1
            ? value
            : replaced(step.shape().read(record, step.component()), depth + 1, value);
    return step.shape().with(record, step.component(), inner);
  }
}
