/** What people write in settings and Slack: durations, name patterns, misspelled words. */
@NullMarked
package io.reverser.configreader;

import org.jspecify.annotations.NullMarked;
