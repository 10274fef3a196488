package io.reverser.cdk;

import software.amazon.awscdk.IAspect;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.amazon.awscdk.services.eks.CfnCluster;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.constructs.IConstruct;

/** Sets the termination protection of a stack, and the deletion protection of everything in it that AWS can protect.
 *
 * @param enabled false for a stack that is not deployed yet: while its resources are protected, CloudFormation can
 *     neither roll back its creation nor delete it afterwards
 */
record DeletionProtectionAspect(boolean enabled) implements IAspect {

    @Override
    public void visit(IConstruct node) {
        switch (node) {
            case Stack stack -> stack.setTerminationProtection(enabled);
            case CfnCluster cluster -> cluster.setDeletionProtection(enabled);
            case CfnDBCluster database -> database.setDeletionProtection(enabled);
            // A global table has one replica in each of its regions; our tables have one region.
            case CfnGlobalTable table -> table.addPropertyOverride("Replicas.0.DeletionProtectionEnabled", enabled);
            default -> {}
        }
    }
}
