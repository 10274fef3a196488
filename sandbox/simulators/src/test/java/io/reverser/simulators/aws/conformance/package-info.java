/** Rules that AWS's SDK can see: our simulators keep them, and so should any other endpoint that is like AWS. */
@NullMarked
package io.reverser.simulators.aws.conformance;

import org.jspecify.annotations.NullMarked;
