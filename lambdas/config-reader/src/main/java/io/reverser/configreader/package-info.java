/** Parsers for what people write in settings and in Slack: durations, name patterns, misspelled words. */
@NullMarked
package io.reverser.configreader;

import org.jspecify.annotations.NullMarked;
