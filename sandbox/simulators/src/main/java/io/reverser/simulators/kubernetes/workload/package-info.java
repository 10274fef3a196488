@NullMarked
package io.reverser.simulators.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
