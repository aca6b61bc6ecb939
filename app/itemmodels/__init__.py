"""Qt item models; networks are called models here, these never are."""
