"""The worker's column: everything that loads torch, NNCF or OpenVINO."""
