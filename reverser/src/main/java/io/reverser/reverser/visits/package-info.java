/** Who has been here before: counted in memory, written to MySQL behind the requests. */
@NullMarked
package io.reverser.reverser.visits;

import org.jspecify.annotations.NullMarked;
