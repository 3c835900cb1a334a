"""What an export says, written so that no format takes it for more than text: names are whatever their author chose."""
