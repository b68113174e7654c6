"""The commands of the operator; thin doors to the services and queries of the apps."""
