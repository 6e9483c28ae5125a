System.Console.WriteLine("The shop is open.");
